/** Ce que la ligne de commande dit en français des fonctions de la bibliothèque quantitative. */
export const cliQuant = {
  'cli.quant.summary':
    'Calcule indicateurs, statistiques, mesures de risque et portefeuilles pour un fichier de cas ; `ballast quant list` nomme les fonctions.',
  'cli.quant.file-needed': 'Nommez un fichier de cas, ou le mot list : `ballast quant FILE`.',
  'cli.quant.unreadable': 'Le fichier {file} ne peut pas être lu ({detail}).',
  'cli.quant.not-json': 'Le fichier {file} n’est pas du JSON : {detail}.',
  'cli.quant.not-cases': 'Le fichier {file} ne contient pas d’objet avec des séries et des cas.',
  'cli.quant.malformed': 'Dans le fichier {file}, {place} doit être {expected}.',
  'cli.quant.expected.record': 'un objet',
  'cli.quant.expected.list': 'une liste',
  'cli.quant.expected.name': 'un texte non vide',
  'cli.quant.expected.new-name': 'un texte qu’aucun autre cas ne porte',
  'cli.quant.expected.names': 'une liste de noms de séries',
  'cli.quant.expected.numbers': 'un nombre ou null',
  'cli.quant.expected.row': 'une ligne de nombres',

  'cli.quant.none': 'non disponible',
  'cli.quant.series': '{length} valeurs, la dernière {last}',
  'cli.quant.matrix': '{rows} × {columns} valeurs',
  'cli.quant.unknown': '{id} : cette fonction n’existe pas',
  'cli.quant.failed': '{id} : {error}',
  'cli.quant.verdict': 'Cas calculés : {done} ; fonction inconnue : {unknown} ; en échec : {failed}.',

  'cli.quant.category.indicator': 'Indicateurs',
  'cli.quant.category.statistics': 'Statistiques',
  'cli.quant.category.risk': 'Risque',
  'cli.quant.category.performance': 'Mesures de performance',
  'cli.quant.category.sizing': 'Tailles de position',
  'cli.quant.category.portfolio': 'Portefeuilles',
  'cli.quant.category.microstructure': 'Microstructure et options',
  'cli.quant.category.distributions': 'Lois de probabilité',
} as const
