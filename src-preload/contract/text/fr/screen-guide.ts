/** Le guide du premier démarrage : ce que l’on décide et apprend avant de regarder le marché. */
export const screenGuide = {
  'screen.command.guide': 'Guide du premier démarrage…',
  'screen.guide': 'Bienvenue dans Ballast',
  'screen.guide.step': 'Étape {nth} sur {all}',
  'screen.guide.back': 'Retour',
  'screen.guide.next': 'Suite',
  'screen.guide.skip': 'Passer le guide',
  'screen.guide.end': 'Voir le marché',
  'screen.guide.skipped': 'Ctrl K, « Guide du premier démarrage », le rouvre',

  'screen.guide.language': 'Dans quelle langue ?',
  'screen.guide.language.means': 'Ballast est un poste pour qui échange seul. Rien de ce que vous voyez ne quitte cet ordinateur, sauf si vous faites envoyer des alertes.',

  'screen.guide.books': 'Où vos livres sont gardés',
  'screen.guide.books.means': 'Tout ce que le moteur décide est écrit dans un journal chiffré. Il y a trois façons de garder sa clé :',
  'screen.guide.books.keychain': 'Trousseau',
  'screen.guide.books.keychain.means': 'La clé est dans le trousseau de cet ordinateur, et les livres s’ouvrent d’eux-mêmes dans votre session.',
  'screen.guide.books.passphrase': 'Mot de passe',
  'screen.guide.books.passphrase.means': 'La clé n’est que sous un mot de passe à vous, demandé à chaque démarrage.',
  'screen.guide.books.ephemeral': 'Démo seulement',
  'screen.guide.books.ephemeral.means': 'La clé n’est qu’en mémoire : ce que l’on fait dans une démo disparaît quand Ballast finit.',
  'screen.guide.books.here': 'le cas présent',
  'screen.guide.books.other': 'Le démarrage d’un profil décide laquelle vaut : `ballast serve --profile paper` garde ses livres.',

  'screen.guide.recovery': 'Un retour à vos livres',
  'screen.guide.recovery.means':
    'Un code de secours sur papier ouvre les livres quand le trousseau ou le mot de passe est perdu, et une sauvegarde sur un autre ordinateur.',
  'screen.guide.recovery.has': 'Ces livres ont un code de secours.',
  'screen.guide.recovery.none': 'Ces livres n’ont pas encore de code de secours.',
  'screen.guide.recovery.make': 'Créer un code de secours…',
  'screen.guide.recovery.later': 'On peut le créer à tout moment dans le panneau Livres.',

  'screen.guide.looks': 'Son aspect',
  'screen.guide.looks.means': 'Achat et vente se lisent toujours aussi par un mot ou un signe. Si le vert et le rose se ressemblent pour vous, prenez l’autre palette.',

  'screen.guide.halt': 'Comment l’arrêter',
  'screen.guide.halt.means':
    'L’arrêt est dans le coin haut à droite de chaque écran, verrouillé ou non. Une pression, ou Ctrl Shift H, et plus rien de nouveau ne part ; les annulations passent.',
  'screen.guide.halt.resume': 'Qui voit l’écran peut arrêter. Reprendre se demande à part, avec une raison qui est gardée.',
  'screen.guide.halt.key':
    'Une démo et un profil papier n’en veulent pas plus. Les échanges réels demanderont une clé matérielle, enregistrée plus tard et ailleurs.',
  'screen.guide.halt.palette': 'Le reste est à une touche : Ctrl K trouve chaque commande par son nom.',
} as const
