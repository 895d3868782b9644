@@ h-lakou
outlet: Lakou Radio
url: https://lakouradio.example/1
published: 2024-10-04
---
Members of the Gran Grif gang {killed|pont} at least 20 people in Pont-Sonde in the Artibonite on Thursday morning, a human rights group said. They {burned|pont} 45 houses. Thousands of residents {fled|flee} to Saint-Marc.
@@ h-globe
outlet: Globe Press
url: https://globepress.example/h1
published: 2024-10-04
---
PORT-AU-PRINCE (Globe Press) - Gang members {killed|pont} dozens of people in the Haitian town of Pont-Sonde on Thursday, a prosecutor said. The prime minister {sent|sent} police reinforcements to the Artibonite on Friday.
@@ h-globe2
outlet: Globe Press
url: https://globepress.example/h2
published: 2024-10-05
---
PORT-AU-PRINCE (Globe Press) - At least 70 people were {killed|pont} in Pont-Sonde in Haiti on Thursday, the United Nations human rights office said. It said that 6,270 people {fled|flee} the town.
@@ h-continental
outlet: Continental News
url: https://continental.example/h1
published: 2024-10-06
copies: h-globe2:passages
---
At least 70 people were {killed|pont} in Pont-Sonde in Haiti on Thursday, the United Nations human rights office said. The leader of the gang, Luckson Elan, {blamed|blame} residents in an audio message.
@@ h-lakou2
outlet: Lakou Radio
url: https://lakouradio.example/2
published: 2024-10-12
---
Gang members {attacked|arcahaie} Arcahaie on Friday and burned 50 houses, the mayor said. In Pont-Sonde, where 115 people were {killed|pont} on 3 October, residents {blocked|road} the national road on Friday.

== pont origins 1-3
== flee origins 1-2
== sent origins 1-1
== blame origins 1-1
== arcahaie origins 1-1
== road origins 1-1
