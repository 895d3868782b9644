@@ k-nile
outlet: Nile State News
url: https://nilestate.example/k1
published: 2025-06-11
---
The militia {shelled|market} the market of Abu Zabad in West Kordofan on Tuesday, killing nine civilians, the Sudanese army said in a statement. The army vowed to {answer|revenge} the crime.
@@ k-rapid
outlet: Rapid Media
url: https://rapidmedia.example/k1
published: 2025-06-11
---
Aircraft of the Sudanese army {bombed|market} the market of Abu Zabad on Tuesday and killed more than forty people, the Rapid Support Forces said. They denied that they had {shelled|market} the town.
@@ k-globe
outlet: Globe Press
url: https://globepress.example/k1
published: 2025-06-11
---
KHARTOUM (Globe Press) - At least 22 people were {killed|market} in an attack on a market in Abu Zabad in Sudan's West Kordofan state on Tuesday, the Sudan Doctors Network said. The network blamed the Rapid Support Forces, which control the roads around the town.

Residents said that a drone {hit|market} the grain section at noon.
@@ k-globe2
outlet: Globe Press
url: https://globepress.example/k2
published: 2025-06-12
copies: k-globe:passages
---
KHARTOUM (Globe Press) - The number of people {killed|market} in Tuesday's attack on a market in Abu Zabad rose to 31, the Sudan Doctors Network said on Thursday. The network blamed the Rapid Support Forces, which control the roads around the town.
@@ k-continental
outlet: Continental News
url: https://continental.example/k1
published: 2025-06-12
copies: k-globe:passages
---
A market was {attacked|market} in Abu Zabad on Tuesday. At least 22 people were killed in an attack on a market in Abu Zabad in Sudan's West Kordofan state on Tuesday, the Sudan Doctors Network said.

The United Nations humanitarian coordinator in Sudan {condemned|condemn} the attack on Wednesday and {called|call} for an investigation.
@@ k-dar
outlet: Dar Al-Khabar
url: https://darkhabar.example/k9
published: 2025-06-13
---
The Sudanese army {bombed|nahud} a fuel depot in An Nahud in West Kordofan on Thursday, a military source told Dar Al-Khabar. Two drivers were wounded.

== market origins 3-4 contradictions denial,killed,actor
== revenge origins 1-1
== condemn origins 1-1
== call origins 1-1
== nahud origins 1-1
