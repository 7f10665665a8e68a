/** Les états de la liaison avec le moteur : un nom, et ce que cela veut dire pour ce qui est à l’écran. */
export const connection = {
  'connection.connecting.name': 'Connexion',
  'connection.connecting.meaning': 'À la recherche du moteur.',
  'connection.open.name': 'Connecté',
  'connection.open.meaning': 'Ce que l’on voit est ce que dit le moteur à l’instant.',
  'connection.restarting.name': 'Redémarrage',
  'connection.restarting.meaning': 'Le moteur a disparu et redémarre. Ce que l’on voit est le dernier état connu.',
  'connection.stopped.name': 'Moteur à terre',
  'connection.stopped.meaning': 'Le moteur est à terre et y reste jusqu’à ce qu’on le relance à la main.',
  'connection.lost.name': 'Perdue',
  'connection.lost.meaning': 'Aucune nouvelle du moteur ; nouvel essai. Ce que l’on voit est le dernier état connu.',
  'connection.refused.name': 'Refusée',
  'connection.refused.meaning': 'Le moteur ne connaît pas ce jeton. Ouvrir la dernière adresse qu’il a affichée.',
  'connection.incompatible.name': 'Autre version',
  'connection.incompatible.meaning': 'Ce programme et le moteur sont de versions différentes et n’échangent rien.',
} as const
