"use strict";
(function () {
  const holder = document.getElementById("api");
  window.SwaggerUIBundle({
    url: "/api/openapi.json", domNode: holder, deepLinking: true, validatorUrl: null, docExpansion: "list", defaultModelsExpandDepth: 0,
    requestInterceptor: function (request) { request.headers["X-CSRF-Token"] = holder.dataset.csrf; return request; },
  });
})();
