@@ p-syria
outlet: Orontes State Agency
url: https://orontes.example/1
published: 2025-10-07
---
The Syrian Democratic Forces {attacked|clash} a checkpoint of the security forces in the Sheikh Maqsoud district of Aleppo on Monday night, killing one policeman, the Syrian interior ministry said.
@@ p-jazira
outlet: Jazira Radio
url: https://jaziraradio.example/1
published: 2025-10-07
---
The Syrian Democratic Forces denied that they had {attacked|clash} any checkpoint in Aleppo. Their media centre said that the army {shelled|clash} the Sheikh Maqsoud district on Monday night with tanks and that a woman was killed.
@@ p-globe
outlet: Globe Press
url: https://globepress.example/p1
published: 2025-10-07
---
DAMASCUS (Globe Press) - Syria's army and the Syrian Democratic Forces {clashed|clash} in the Sheikh Maqsoud district of Aleppo on Monday night, residents said. Syria's defence minister said on Tuesday that he had {agreed|truce} on a ceasefire with the commander of the Syrian Democratic Forces, Mazloum Abdi.
@@ p-portal
outlet: World Portal
url: https://worldportal.example/p1
published: 2025-10-07
copies: p-globe:copy
---
DAMASCUS (Globe Press) - Syria's army and the Syrian Democratic Forces {clashed|clash} in the Sheikh Maqsoud district of Aleppo on Monday night, residents said. Syria's defence minister said on Tuesday that he had {agreed|truce} on a ceasefire with the commander of the Syrian Democratic Forces, Mazloum Abdi.
@@ p-continental
outlet: Continental News
url: https://continental.example/p1
published: 2025-10-08
copies: p-globe:passages
---
A ceasefire in Aleppo held on Wednesday. Syria's army and the Syrian Democratic Forces {clashed|clash} in the Sheikh Maqsoud district of Aleppo on Monday night. Syria's defence minister said on Tuesday that he had {agreed|truce} on a ceasefire with the commander of the Syrian Democratic Forces, Mazloum Abdi.

Two people were killed in the {fighting|clash}, the Syrian Observatory for Human Rights said.

== clash origins 3-5 contradictions denial
== truce origins 1-1
