"use strict";
// Forms that are sent with GET leave blank parts out of the address, so that it says only what is asked for.
document.addEventListener("submit", function (event) {
  const form = event.target;
  if (form.method !== "get") { return; }
  for (const field of form.elements) {
    if (field.name && !field.disabled && (field.value === "" || field.name === "state" && field.value === "counting")) {
      field.disabled = true;
      setTimeout(function () { field.disabled = false; }, 0);
    }
  }
});
