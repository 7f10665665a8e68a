/** Ce qui est dit en français des données sur le disque. */
export const data = {
  'data.trouble.disk': 'Le disque a refusé {file} ({detail}).',
  'data.trouble.not-a-series': 'Le dossier {folder} ne contient pas de chandeliers lisibles : le début de son index est endommagé.',
  'data.trouble.other-series': 'Le dossier {folder} contient les chandeliers d’un autre instrument ou d’un autre pas de prix ; rien n’a été changé.',
  'data.trouble.block-damaged':
    'Le bloc {number} de {folder} est endommagé : ses chandeliers du {from} au {to} sont omis, tous les autres sont là.',
  'data.trouble.blocks-missing': 'Dans {folder}, il y a {have} blocs sur {expected} : ce qui est là peut être lu, et rien ne peut être ajouté.',
  'data.trouble.tail-damaged': 'Les chandeliers les plus récents de {folder} sont endommagés : ce qui précède peut être lu, et rien ne peut être ajouté.',
  'data.trouble.candle-columns': 'Les colonnes des chandeliers n’ont pas la même longueur ; rien n’a été gardé.',
  'data.trouble.candle-grid': 'Aucun chandelier de cette durée n’ouvre à {time} ; rien n’a été gardé.',
  'data.trouble.candle-order': 'Le chandelier de {time} ne vient pas après celui qui le précède ; rien n’a été gardé.',
  'data.trouble.candle-number': 'Le chandelier de {time} contient ce qui n’est pas un nombre entier dans les limites ; rien n’a été gardé.',
  'data.trouble.candle-range': 'Le chandelier de {time} n’ouvre et ne ferme pas entre son plus bas et son plus haut ; rien n’a été gardé.',
  'data.trouble.candle-volume': 'Le chandelier de {time} a un volume inférieur à zéro ; rien n’a été gardé.',
  'data.trouble.candle-too-early': 'Le chandelier de {time} devrait se placer avant d’autres déjà gardés ; rien n’a été gardé.',
  'data.trouble.candle-contradicts':
    'Pour {time}, un autre chandelier est gardé : {column} y vaut {kept} et non {given} ; rien n’a été changé.',
  'data.trouble.not-a-recording': 'Le fichier {file} n’est pas un enregistrement.',
  'data.trouble.recording-damaged': 'Dans l’enregistrement {file}, le bloc {number} est endommagé et omis.',
  'data.trouble.file-exists': '{file} existe déjà ; --force le remplace.',
} as const
