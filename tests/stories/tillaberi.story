@@ t-state
outlet: Niger State Bulletin
url: https://nigerbulletin.example/t1
published: 2024-12-12
---
Ten soldiers were {killed|ambush} in an ambush near Chatoumane in the Tera area on Tuesday, the defence ministry said in a statement. Eighteen terrorists were {killed|chase} in the pursuit that followed, the ministry said.
@@ t-globe
outlet: Globe Press
url: https://globepress.example/t1
published: 2024-12-12
---
NIAMEY (Globe Press) - Gunmen {killed|ambush} dozens of soldiers near Chatoumane in western Niger on Tuesday, two security sources said. The attackers {took|weapons} vehicles and heavy weapons, one of the sources said.
@@ t-sahel
outlet: Sahel Desk
url: https://saheldesk.example/t1
published: 2024-12-13
---
Islamic State in the Sahel {claimed|ambush} on Thursday that it killed 70 soldiers near Chatoumane on Tuesday. The defence ministry {denied|ambush} that more than ten soldiers died.
@@ t-bureau
outlet: Bureau Sahel
url: https://bureausahel.example/t1
published: 2024-12-13
copies: t-sahel:copy
---
Islamic State in the Sahel {claimed|ambush} on Thursday that it killed 70 soldiers near Chatoumane on Tuesday. The defence ministry {denied|ambush} that more than ten soldiers died.
@@ t-later
outlet: Globe Press
url: https://globepress.example/t2
published: 2024-12-15
---
NIAMEY (Globe Press) - Armed men {killed|libiri} 21 villagers in Libiri in western Niger on Saturday, a local official said. On Tuesday, an ambush near Chatoumane {killed|ambush} dozens of soldiers.
@@ t-portal
outlet: World Portal
url: https://worldportal.example/t3
published: 2024-12-15
copies: t-later:copy
---
NIAMEY (Globe Press) - Armed men {killed|libiri} 21 villagers in Libiri in western Niger on Saturday, a local official said. On Tuesday, an ambush near Chatoumane {killed|ambush} dozens of soldiers.

== ambush origins 2-3 contradictions killed
== chase origins 1-1
== weapons origins 1-1
== libiri origins 1-1
