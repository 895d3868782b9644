@@ u-dnipro
outlet: Dnipro Post
url: https://dnipropost.example/1
published: 2025-02-18
---
Russian drones {hit|flats} a block of flats in the Kyivskyi district of Kharkiv on Monday night, killing three people, governor Oleh Syniehubov said. Six people were wounded, among them a child.
@@ u-volga
outlet: Volga News
url: https://volganews.example/1
published: 2025-02-18
---
Russian forces {destroyed|depot} an ammunition depot in Kharkiv on Monday night, the Russian defence ministry said. Ukrainian forces {shelled|shebekino} the town of Shebekino in Belgorod region on Tuesday morning, wounding a tractor driver, governor Vyacheslav Gladkov said.
@@ u-arabic
outlet: Volga Arabic
url: https://volgaarabic.example/1
published: 2025-02-18
copies: u-volga:copy
---
Russian forces {destroyed|depot} an ammunition depot in Kharkiv on Monday night, the Russian defence ministry said. Ukrainian forces {shelled|shebekino} the town of Shebekino in Belgorod region on Tuesday morning, wounding a tractor driver, governor Vyacheslav Gladkov said.
@@ u-globe
outlet: Globe Press
url: https://globepress.example/u1
published: 2025-02-18
copies: u-dnipro:passages
---
KYIV (Globe Press) - A drone strike on a block of flats in Kharkiv {killed|flats} four people on Monday night, Ukraine's emergency service said. Six people were wounded, among them a child.
@@ u-continental
outlet: Continental News
url: https://continental.example/u1
published: 2025-02-19
---
Ukraine's emergency service said on Wednesday that five people were {killed|flats} by a Russian drone in Kharkiv on Monday night. On Sunday a guided bomb {hit|kupiansk} a school in Kupiansk, the governor said.

== flats origins 2-2
== depot origins 1-1
== shebekino origins 1-1
== kupiansk origins 1-1
