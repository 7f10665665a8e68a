/** Une phrase par code d’erreur : ce qui est arrivé, ce qui n’a pas été fait, et que faire. */
export const errors = {
  'error.bridge.malformed-message': 'Un message illisible est arrivé. Rien n’a été fait.',
  'error.bridge.malformed-input': '{name} a reçu ce qu’elle ne prend pas ({problem}). Rien n’a été fait.',
  'error.bridge.unknown-name': 'Rien ne s’appelle {name} ici. Rien n’a été fait.',
  'error.bridge.key-missing': 'La commande {name} est arrivée sans clé à elle : elle n’a pas été exécutée.',
  'error.bridge.key-reused': 'La commande {name} est arrivée avec la clé d’une autre commande : elle n’a pas été exécutée.',
  'error.bridge.access-denied': '{name} demande l’accès « {needs} », que cette connexion n’a pas.',
  'error.bridge.too-many-calls': 'Plus de {limit} questions attendent leur réponse. Redemander dans un instant.',
  'error.bridge.too-many-streams': 'Plus de {limit} flux sont ouverts sur cette connexion. En fermer, puis réessayer.',
  'error.bridge.rate-limited': 'Les questions arrivent plus vite que le moteur ne les prend. Redemander dans un instant.',
  'error.bridge.overflow': 'La connexion était trop lente pour son flux, qui a été fermé. On peut le rouvrir.',
  'error.bridge.disconnected': 'Le moteur est hors d’atteinte : la demande reste sans réponse.',
  'error.bridge.timed-out':
    'Le moteur n’a pas répondu à {name} en {timeoutMs} ms. On ne sait pas si cela a été exécuté : vérifier avant de redemander.',
  'error.bridge.not-done': 'La ligne s’est rompue avant que {name} n’atteigne le moteur. Rien n’a été fait, et rien ne le sera.',
  'error.bridge.outcome-unknown':
    'Le moteur a disparu avant de répondre à {name}. On ne sait pas si cela a été exécuté : vérifier avant de redemander.',
  'error.bridge.incompatible': 'Ce programme et le moteur sont de versions différentes. Lancer les deux depuis la même.',
  'error.bridge.handler-failed':
    'Le moteur a rencontré un défaut à lui dans {name}. On ne sait pas si cela a été exécuté ; son journal en dit plus.',
  'error.bridge.malformed-output':
    'La réponse à {name} n’était pas celle promise, ce qui est un défaut. On ne sait pas si cela a été exécuté.',
  'error.engine.mode-refused': 'Le moteur est « {mode} » et ne va pas de là à « {wanted} ». Son mode n’a pas changé.',
  'error.books.closed': 'Les livres de ce profil ne sont pas ouverts, rien n’a donc été fait ; l’écran et `ballast status` disent pourquoi.',
  'error.books.not-wanted': 'Les livres n’attendent pas cela, rien n’a donc été fait.',
  'error.books.secret-wrong': 'Ce mot de passe ou code de secours n’est pas le bon. Le prochain essai sera examiné dans {waitSeconds} s.',
  'error.books.secret-unreadable': 'Le mot de passe n’est pas arrivé tel qu’il a été envoyé, rien n’a donc été fait. Réessayez.',
  'error.books.secret-weak': 'Un mot de passe compte au moins {least} caractères. Rien n’a été changé.',
  'error.books.busy': 'Les livres sont occupés par {work}. Réessayez quand ce sera fini.',
  'error.screen.locked': 'Les écrans sont verrouillés, rien n’a donc été fait. Déverrouillez-les d’abord avec le mot de passe ; l’arrêt marche toujours.',
  'error.screen.without-lock':
    'Aucun mot de passe ne pourrait encore déverrouiller les écrans, ils n’ont donc pas été verrouillés. `ballast keys passphrase` en définit un.',
  'error.keys.failed': 'Les clés n’ont pas été changées : {detail}.',
  'error.keys.code-unconfirmed':
    'Ce n’est pas le dernier code de secours créé, ou il est trop ancien : il n’est pas en vigueur, et le précédent l’est toujours.',
  'error.backup.failed': 'Aucune sauvegarde n’a été faite : {detail}.',
  'error.backup.no-recovery':
    'Une sauvegarde exige un code de secours ou un mot de passe, sinon nul autre ordinateur ne pourrait l’ouvrir. Créez-en un avec `ballast keys recovery-code`.',
  'error.backup.canceled': 'La sauvegarde a été interrompue, et ce qui en était écrit est supprimé.',
  'error.drill.no-backup': 'Il n’y a pas encore de sauvegarde à restaurer. Faites-en une avec `ballast backup`.',
  'error.drill.failed': 'L’exercice de restauration a échoué : {detail}.',
  'error.audit.failed': 'Le journal n’a pas pu être copié : {detail}.',
  'error.alert.unknown': 'Cette alerte n’existe plus.',
  'error.setting.refused': 'Les réglages n’ont pas été changés : {problem}.',
  'error.setting.stale': 'Le fichier des réglages a changé entre-temps, rien n’a donc été écrit. Relisez-le, puis recommencez.',
  'error.setting.unsaved': 'Les réglages n’ont pas pu être écrits : {detail}.',
  'error.market.unknown-instrument': 'Il n’y a pas ici d’instrument {instrument}. `ballast market list` nomme ceux qui existent.',
  'error.market.no-source': 'Ce profil n’a pas de source de données de marché : il n’y a rien à montrer. Le profil « demo » en a une.',
  'error.market.not-demo': 'Seul le marché de démonstration peut changer d’allure ou être perturbé. Rien n’a été changé.',
  'error.market.past-unavailable': 'Le passé de {instrument} n’a pas pu être lu ; le journal technique du moteur en dit plus.',
  'error.market.record-failed': 'Rien n’est enregistré : {detail}.',
  'error.engine.stopping': 'Le moteur s’arrête et ne prend plus rien.',
} as const
