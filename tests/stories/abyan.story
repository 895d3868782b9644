@@ a-khanfar
outlet: Khanfar Agency
url: https://khanfar.example/1
published: 2025-03-05
---
Security sources told Khanfar Agency that a roadside bomb {exploded|bomb} on Tuesday evening under a military vehicle in Mudiyah district of Abyan, killing two soldiers and wounding three others. The sources accused al-Qaeda of {planting|plant} the device on the road to Wadi Omran.

The vehicle was on its way to a checkpoint of the southern forces when the explosion tore it apart, the sources said.
@@ a-globe
outlet: Globe Press
url: https://globepress.example/yemen-abyan
published: 2025-03-05
copies: -
---
ADEN (Globe Press) - A bomb {killed|bomb} three soldiers of Yemen's southern forces in the province of Abyan late on Tuesday, a military official said.

The official said the blast hit a patrol in the district of Mudiyah. Four soldiers were wounded. No group has claimed the attack.
@@ a-portal
outlet: World Portal
url: https://worldportal.example/11
published: 2025-03-05
copies: a-globe:copy
---
ADEN (Globe Press) - A bomb {killed|bomb} three soldiers of Yemen's southern forces in the province of Abyan late on Tuesday, a military official said.

The official said the blast hit a patrol in the district of Mudiyah. Four soldiers were wounded. No group has claimed the attack.
@@ a-hadramout
outlet: Hadramout Wire
url: https://hadramoutwire.example/mudiyah
published: 2025-03-06
copies: a-globe:passages
---
Three soldiers were {killed|bomb} in Mudiyah on Tuesday, Globe Press reported. The official said the blast hit a patrol in the district of Mudiyah.

A doctor at the hospital in Zinjibar told Hadramout Wire that he {received|bomb} the bodies of three soldiers on Tuesday night. In May last year an ambush in the same district {killed|old} six members of the Security Belt.
@@ a-voice
outlet: Voice of Sanaa
url: https://voiceofsanaa.example/44
published: 2025-03-06
---
Mercenaries of the aggression were {killed|bomb} in Abyan on Tuesday when an explosive device went off in Mudiyah, according to local sources.
@@ a-lookalike
outlet: Globe Press
url: https://globepress.example/yemen-lawdar
published: 2025-03-07
---
LAWDAR (Globe Press) - A roadside bomb {killed|lawdar} two soldiers near Lawdar in Abyan on Thursday, a security official said. It was the second such attack in the province this week.

== bomb origins 1-4 contradictions killed
== plant origins 1-1
== old origins 1-1
== lawdar origins 1-1
