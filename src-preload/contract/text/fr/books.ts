/** Pourquoi les livres restent fermés, en français. */
export const books = {
  'books.trouble.passphrase-needed': 'Les livres de ce profil attendent leur mot de passe ou leur code de secours.',
  'books.trouble.secret-wrong': 'Ce mot de passe ou code de secours n’ouvre pas ces livres. Rien n’a été changé ; réessayez.',
  'books.trouble.secret-weak': 'Un mot de passe compte au moins {least} caractères et au plus 1024 octets. Rien n’a été créé ; donnez-en un autre.',
  'books.trouble.keychain-absent':
    'Aucun trousseau ne répond sur cet ordinateur, et ces livres n’ont pas encore de mot de passe. Démarrez un trousseau, ou donnez un mot de passe par --passphrase-fd ou BALLAST_PASSPHRASE_FILE.',
  'books.trouble.keychain-locked': 'Le trousseau est verrouillé. Déverrouillez-le, puis réessayez ; le mot de passe ou le code de secours ouvre aussi les livres.',
  'books.trouble.keychain-denied': 'Le trousseau a refusé sa clé à Ballast. Autorisez-le dans les réglages du trousseau, puis réessayez.',
  'books.trouble.keychain-silent': 'Le trousseau n’a pas répondu en {seconds} s. Il vous attend peut-être dans sa propre fenêtre ; réessayez ensuite.',
  'books.trouble.key-missing':
    'Ce trousseau n’a pas la clé de ces livres : autre utilisateur, autre ordinateur, ou elle a été effacée. Le mot de passe ou le code de secours les ouvre et y remet la clé.',
  'books.trouble.key-wrong': 'La clé du trousseau n’est pas celle de ces livres. Le mot de passe ou le code de secours les ouvre et y remet la bonne.',
  'books.trouble.keychain-changed':
    'Le trousseau est maintenant « {now} », et la clé avait été mise dans « {before} ». Revenez à celui-là, ou ouvrez les livres avec le mot de passe ou le code de secours, qui met la clé dans celui-ci.',
  'books.trouble.vault-damaged': 'Le fichier vault.json est endommagé ({reason}). Rien n’a été changé : remettez-le d’une sauvegarde avec `ballast restore`.',
  'books.trouble.vault-newer': 'Ces livres ont été écrits par un Ballast plus récent. Rien n’a été changé : démarrez cette version.',
  'books.trouble.vault-missing':
    'Le fichier vault.json a disparu, et sans lui rien n’ouvre le journal. Rien n’a été changé : remettez-le, ou restaurez une sauvegarde avec `ballast restore`.',
  'books.trouble.journal-damaged':
    'Le journal est endommagé dans le segment {segment} à l’octet {offset}, enregistrement {sequence} ({reason}). Rien n’a été changé : suivez la procédure « corrupt-database ».',
  'books.trouble.journal-key-missing': 'Une clé dont une partie ancienne du journal a besoin manque (époque {epoch}). Rien n’a été changé : restaurez une sauvegarde.',
  'books.trouble.journal-not-ours': 'Le journal de ce dossier appartient à d’autres livres. Rien n’a été changé : remettez le bon dossier.',
  'books.trouble.rolled-back':
    'Le journal finit avant l’enregistrement {expected}, dont on sait qu’il y était, ou contient autre chose à sa place. Une copie plus ancienne a été remise ; rien n’a été changé : suivez la procédure « corrupt-database ».',
  'books.trouble.anchor-damaged':
    'La note qui dit jusqu’où allaient ces livres, gardée hors de leur dossier, a été changée. Rien n’a été ouvert : vérifiez une copie par `ballast audit verify`, et suivez la procédure « corrupt-database ».',
  'books.trouble.trading-not-set-up':
    'Les livres contiennent des ordres ou de l’argent de {what}, que ce Ballast ne connaît pas. Rien n’a été changé : remettez-le dans les réglages, ou démarrez la version qui les a écrits.',
  'books.trouble.disk-full': 'Le disque est plein, les livres ne peuvent donc pas être ouverts en écriture. Faites de la place, puis réessayez ; ce qui est écrit est sauf.',
  'books.trouble.folder-unusable': 'Le dossier des livres ne peut pas être écrit ({detail}). Corrigez ses droits, puis réessayez ; rien n’a été changé.',
  'books.trouble.failed': 'Les livres n’ont pas pu être ouverts ({detail}). Rien n’a été changé ; le journal technique en dit plus.',

  'books.protection.keychain': 'trousseau',
  'books.protection.passphrase': 'mot de passe',
  'books.protection.ephemeral': 'non gardés',
} as const
