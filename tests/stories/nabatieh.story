@@ l-state
outlet: Litani State News
url: https://litanistate.example/1
published: 2025-11-04
---
An Israeli drone {struck|car} a car on the road to Nabatieh on Monday evening, killing two people, the Lebanese health ministry said.
@@ l-cedar
outlet: Cedar Tower
url: https://cedartower.example/1
published: 2025-11-04
copies: l-state:passages
---
An Israeli drone {struck|car} a car on the road to Nabatieh on Monday evening, killing two people, the Lebanese health ministry said. Hezbollah {mourned|mourn} two of its members on Tuesday.
@@ l-coast
outlet: Coastal Hebrew Daily
url: https://coastaldaily.example/1
published: 2025-11-04
---
The Israeli army said that it {killed|car} a commander of Hezbollah's Radwan force and his deputy in a drone strike near Nabatieh on Monday.
@@ l-globe
outlet: Globe Press
url: https://globepress.example/l1
published: 2025-11-04
---
BEIRUT (Globe Press) - An Israeli strike on a car near Nabatieh in southern Lebanon on Monday {killed|car} two people and wounded a bystander, the Lebanese health ministry said. The Israeli army said it {killed|car} a Hezbollah commander.
@@ l-globe2
outlet: Globe Press
url: https://globepress.example/l2
published: 2025-11-06
---
BEIRUT (Globe Press) - An Israeli drone {killed|tyre} one man on a motorcycle near Tyre in southern Lebanon on Wednesday, the Lebanese health ministry said. UNIFIL {expressed|unifil} concern.
@@ l-portal
outlet: World Portal
url: https://worldportal.example/l2
published: 2025-11-06
copies: l-globe2:copy
---
BEIRUT (Globe Press) - An Israeli drone {killed|tyre} one man on a motorcycle near Tyre in southern Lebanon on Wednesday, the Lebanese health ministry said. UNIFIL {expressed|unifil} concern.

== car origins 2-2
== mourn origins 1-1
== tyre origins 1-1
== unifil origins 1-1
