@@ z-tribune
outlet: Sokoto Tribune
url: https://sokototribune.example/1
published: 2024-03-05
---
Gunmen on motorcycles {abducted|pupils} 60 pupils from a school in Gatawa in Sokoto state on Monday, a teacher said. Police spokesman Ahmad Rufai said 35 pupils were {taken|pupils}.
@@ z-globe
outlet: Globe Press
url: https://globepress.example/z1
published: 2024-03-05
copies: z-tribune:passages
---
SOKOTO (Globe Press) - Police {searched|search} forests in Sokoto state in northwest Nigeria on Tuesday for pupils who were abducted from a school in Gatawa. Police spokesman Ahmad Rufai said 35 pupils were {taken|pupils}.
@@ z-continental
outlet: Continental News
url: https://continental.example/z1
published: 2024-03-06
---
The kidnappers of the pupils of Gatawa {demanded|ransom} a ransom of 40 million naira on Wednesday, a parent told Continental News. The governor of Sokoto {ruled|refuse} out any payment.
@@ z-tribune2
outlet: Sokoto Tribune
url: https://sokototribune.example/2
published: 2024-03-18
---
All pupils who were {abducted|pupils} from Gatawa on 4 March were {freed|free} on Sunday, the governor's spokesman said. He denied that a ransom was {paid|paid}.
@@ z-portal
outlet: World Portal
url: https://worldportal.example/z2
published: 2024-03-18
copies: z-tribune2:copy
---
All pupils who were {abducted|pupils} from Gatawa on 4 March were {freed|free} on Sunday, the governor's spokesman said. He denied that a ransom was {paid|paid}.
@@ z-globe2
outlet: Globe Press
url: https://globepress.example/z2
published: 2024-03-19
---
SOKOTO (Globe Press) - Nigeria's army {freed|free} dozens of pupils in Sokoto state on Sunday, two weeks after gunmen took them from a school in Gatawa, an army statement said. A negotiator said that 20 million naira were {paid|paid}. On Monday gunmen {abducted|gada} eleven farmers in Gada in the same state, residents said.

== pupils origins 1-3 contradictions captured
== search origins 1-1
== ransom origins 1-1
== refuse origins 1-1
== free origins 1-2
== paid origins 1-2 contradictions denial
== gada origins 1-1
