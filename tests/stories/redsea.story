@@ r-ukmto
outlet: Gulf of Aden Maritime Notice
url: https://maritimenotice.example/88
published: 2024-06-23
---
A merchant vessel was {struck|drone} by an uncrewed aerial system 65 nautical miles west of Hodeidah at 0300 UTC on 23 June, the master reported. The crew are safe. The vessel is proceeding to its next port of call.
@@ r-voice
outlet: Voice of Sanaa
url: https://voiceofsanaa.example/90
published: 2024-06-23
---
The Houthi military spokesman said that the naval forces {attacked|drone} the ship Trans Meridian in the Red Sea with an uncrewed boat on Sunday and that the hit was direct. The Houthis {vowed|vow} to attack every ship that sails to Israel.
@@ r-herald
outlet: Sanaa Herald
url: https://sanaaherald.example/90
published: 2024-06-23
copies: r-voice:passages
---
The Houthi military spokesman said that the naval forces {attacked|drone} the ship Trans Meridian in the Red Sea with an uncrewed boat on Sunday and that the hit was direct.

Crowds in Sanaa {welcomed|crowd} the operation on Sunday evening.
@@ r-globe
outlet: Globe Press
url: https://globepress.example/r1
published: 2024-06-23
---
DUBAI (Globe Press) - A drone {hit|drone} a merchant ship in the Red Sea off Yemen's port of Hodeidah on Sunday, US Central Command said. The Houthis {attacked|drone} the ship, Central Command said, and no crew member was injured.
@@ r-continental
outlet: Continental News
url: https://continental.example/r1
published: 2024-06-24
---
The owner of the Trans Meridian said on Monday that the ship was {damaged|drone} by a drone off Hodeidah on Sunday and would be inspected in Djibouti. US forces {destroyed|boats} three uncrewed boats in the Red Sea on Monday, Central Command said.

== drone origins 3-4
== vow origins 1-1
== crowd origins 1-1
== boats origins 1-1
