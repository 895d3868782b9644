@@ s-benadir
outlet: Benadir Radio
url: https://benadirradio.example/1
published: 2025-04-07
---
Al-Shabaab {fired|airport} several mortar rounds at the airport of Mogadishu on Sunday morning, a police officer said. Two guards were wounded. Turkish Airlines {suspended|flights} its flights on Sunday.
@@ s-globe
outlet: Globe Press
url: https://globepress.example/s1
published: 2025-04-07
---
MOGADISHU (Globe Press) - Mortar shells {landed|airport} near the airport in the Somali capital Mogadishu on Sunday, witnesses said. Al-Shabaab said in a statement that it had {fired|airport} at a camp of African Union troops.
@@ s-continental
outlet: Continental News
url: https://continental.example/s1
published: 2025-04-08
copies: s-benadir:passages
---
Al-Shabaab {fired|airport} several mortar rounds at the airport of Mogadishu on Sunday morning, a police officer said. On Monday a bomb {killed|afgoye} a district commissioner in Afgoye, a security official said.
@@ s-state
outlet: Somali State Bulletin
url: https://somalistate.example/1
published: 2025-04-09
---
Government troops {killed|bal-cad} 12 members of Al-Shabaab near Balcad on Tuesday, the defence ministry said. The troops {seized|bal-cad2} two mortars.
@@ s-andalus
outlet: Andalus Voice
url: https://andalusvoice.example/1
published: 2025-04-09
---
Al-Shabaab denied that its fighters were {killed|bal-cad} near Balcad on Tuesday. It said it had {killed|bal-cad} five soldiers there.

== airport origins 1-3
== flights origins 1-1
== afgoye origins 1-1
== bal-cad origins 2-2 contradictions denial
== bal-cad2 origins 1-1
