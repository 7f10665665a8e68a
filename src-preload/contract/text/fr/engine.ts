/** Les modes du moteur : un nom, et ce que cela veut dire pour les ordres. */
export const engine = {
  'engine.mode.starting.name': 'Démarrage',
  'engine.mode.starting.meaning': 'Le moteur a démarré, mais n’est pas encore rapproché ni armé : aucun nouvel ordre.',
  'engine.mode.active.name': 'Actif',
  'engine.mode.active.meaning': 'Le trading est permis.',
  'engine.mode.reducing.name': 'Réduction seule',
  'engine.mode.reducing.meaning': 'Seuls partent les ordres qui réduisent le risque.',
  'engine.mode.halted.name': 'Arrêté',
  'engine.mode.halted.meaning': 'Rien de nouveau ne part ; les annulations passent.',
  'engine.mode.killing.name': 'Coupure en cours',
  'engine.mode.killing.meaning': 'Tout est en cours de retrait ; ce sera fini quand deux tours de questions prouveront qu’il ne reste rien de nous.',
  'engine.mode.killed.name': 'Coupé',
  'engine.mode.killed.meaning': 'Le trading est arrêté pour de bon, jusqu’à ce que quelqu’un qui en a le droit le libère.',
} as const
