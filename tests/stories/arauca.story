@@ c-llano
outlet: Llano Radio
url: https://llanoradio.example/1
published: 2024-09-17
---
A truck loaded with explosives {hit|puerto} the army base of Puerto Jordan in Arauca on Tuesday, killing two soldiers and wounding 21, the army said. The army {blamed|blame} the ELN.
@@ c-globe
outlet: Globe Press
url: https://globepress.example/c1
published: 2024-09-17
---
BOGOTA (Globe Press) - ELN rebels {attacked|puerto} an army base in Puerto Jordan in Colombia's Arauca department on Tuesday with explosives fired from a truck, the defence ministry said. Two soldiers were killed and 27 wounded, the ministry said.
@@ c-globe2
outlet: Globe Press
url: https://globepress.example/c2
published: 2024-09-18
---
BOGOTA (Globe Press) - Colombia's government {suspended|talks} peace talks with the ELN on Wednesday after an attack on an army base in Arauca. A third soldier died of wounds that he {suffered|puerto} in the attack in Puerto Jordan on Tuesday, the defence ministry said.
@@ c-continental
outlet: Continental News
url: https://continental.example/c1
published: 2024-09-18
copies: c-globe2:passages
---
Colombia's government {suspended|talks} peace talks with the ELN on Wednesday after an attack on an army base in Arauca. The ELN's chief negotiator, Pablo Beltran, {regretted|regret} the decision.
@@ c-llano2
outlet: Llano Radio
url: https://llanoradio.example/2
published: 2024-09-20
---
The ELN {admitted|puerto} on Thursday that it attacked the base of Puerto Jordan on Tuesday. A soldier was {shot|saravena} dead in Saravena on Thursday, police said.

== puerto origins 2-3 contradictions injured
== blame origins 1-1
== talks origins 1-1
== regret origins 1-1
== saravena origins 1-1
