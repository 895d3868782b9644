@@ m-narrows
outlet: Kaladan Post
url: https://kaladanpost.example/1
published: 2025-01-09
---
A jet of the Myanmar military {bombed|kyauk} the village of Kyauk Ni Maw in Ramree township of Rakhine state on Wednesday, killing 40 people, a spokesman of the Arakan Army said. About 500 houses were {burned|kyauk} down.
@@ m-globe
outlet: Globe Press
url: https://globepress.example/m1
published: 2025-01-09
copies: m-narrows:passages
---
(Globe Press) - An air strike by Myanmar's military {killed|kyauk} about 40 people in the village of Kyauk Ni Maw on Wednesday, the Arakan Army and a rescue worker said. About 500 houses were {burned|kyauk} down.
@@ m-junta
outlet: Naypyidaw Mirror
url: https://naypyidawmirror.example/1
published: 2025-01-10
---
The military's information team denied on Friday that its aircraft had {attacked|kyauk} a village in Ramree. Terrorists of the Arakan Army {set|kyauk} the houses on fire on Wednesday, it said.
@@ m-continental
outlet: Continental News
url: https://continental.example/m1
published: 2025-01-11
---
Villagers {buried|kyauk} the dead of Wednesday's air strike on Kyauk Ni Maw in Rakhine state, a resident told Continental News. The United Nations {called|appeal} on the military on Friday to end attacks on civilians.

In November 2021 soldiers {burned|thantlang} more than 160 houses in Thantlang in Chin state.
@@ m-portal
outlet: World Portal
url: https://worldportal.example/m1
published: 2025-01-11
copies: m-continental:copy
---
Villagers {buried|kyauk} the dead of Wednesday's air strike on Kyauk Ni Maw in Rakhine state, a resident told Continental News. The United Nations {called|appeal} on the military on Friday to end attacks on civilians.

In November 2021 soldiers {burned|thantlang} more than 160 houses in Thantlang in Chin state.

== kyauk origins 2-4 contradictions denial,actor
== appeal origins 1-1
== thantlang origins 1-1
