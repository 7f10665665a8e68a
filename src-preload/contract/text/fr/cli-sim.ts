/** Ce que la ligne de commande dit en français de la bourse simulée. */
export const cliSim = {
  'cli.sim-calibrate.summary': 'Ajuste des lois de probabilité à des nombres enregistrés, pour que la bourse simulée puisse y puiser.',
  'cli.flag.of': 'ce que sont les nombres : arrivals, sizes, latency, ratio, counts ou any (à défaut : arrivals pour des transactions, any pour une seule colonne)',
  'cli.flag.law': 'cette loi et aucune autre',
  'cli.expected.of': 'arrivals, sizes, latency, ratio, counts ou any',
  'cli.expected.law': 'exponential, gamma, lognormal, pareto, beta ou poisson',
  'cli.sim-calibrate.file-needed': 'Nommez un fichier de transactions ou de nombres : `ballast sim calibrate FILE`.',
  'cli.sim-calibrate.unreadable': 'Le fichier {file} ne peut pas être lu ({detail}).',
  'cli.sim-calibrate.no-column': 'Le fichier {file} a plusieurs colonnes, et aucune ne s’appelle {column}.',
  'cli.sim-calibrate.not-a-number': 'La ligne {line} du fichier {file} contient « {text} » au lieu d’un nombre.',
  'cli.sim-calibrate.time-back': 'À la ligne {line} du fichier {file}, le temps recule.',
  'cli.sim-calibrate.too-few': 'Le fichier {file} contient {count} valeurs ; il en faut au moins {least} pour une loi.',
  'cli.sim-calibrate.no-law': 'Aucune des lois demandées ne peut être celle des nombres de {file}. {why}',
  'cli.sim-calibrate.tried': '{law} : plus grand écart {d}, p {p}',
  'cli.sim-calibrate.impossible': '{law} : ne peut pas être la loi de ces nombres',
  'cli.sim-calibrate.fits': 'Les {values} valeurs suivent la loi {law} : {params}.',
  'cli.sim-calibrate.none-fits':
    'Aucune loi ne convient aux {values} valeurs : la plus proche est {law}, et un de ses échantillons s’en écarte autant avec p {p}, moins de 0,05.',
} as const
