import type { MessageKey } from '../../../src-preload/contract/text/index.ts'

/** Messages that are the same in both languages on purpose. */
export const intentionallyEqual: readonly MessageKey[] = [
  // Names of things and of languages.
  'cli.doctor.label.electron', 'cli.doctor.label.node', 'cli.doctor.node.ok', 'order.type.stop', 'screen.group.ballast', 'screen.kind.testnet',
  'screen.language.en', 'screen.language.fr',
  // Words that both languages share.
  'cli.doctor.label.port', 'cli.expected.paper-speed', 'cli.status.clients', 'cli.status.mode', 'screen.about.licence',
  'screen.engine.clients', 'screen.engine.version', 'screen.settings.palette', 'screen.status.clients',
  // Words that both languages of trading use.
  'screen.ticket.long', 'screen.ticket.position', 'screen.ticket.say.stop', 'screen.ticket.stop', 'screen.ticket.type',
  // Other programs look for this line.
  'cli.serve.url',
  'screen.alerts.snooze.240',
  'screen.alerts.snooze.30',
  'screen.books.journal',
  'screen.channel.telegram',
  'screen.channel.webhook',
  'screen.health.figure.clients',
  'screen.setting.alerts.desktop',
  'screen.setting.alerts.webhook.url',
  'screen.settings.section.journal',
  'screen.feed.pace.pause',
  'screen.feed.silence',
  'screen.market.volume',
  'screen.watchlist.day',
  'screen.chart.amount',
  'screen.chart.close',
  'screen.chart.high',
  'screen.chart.instrument',
  'screen.chart.kind.heikin-ashi',
  'screen.chart.link.violet',
  'screen.chart.open',
  'screen.chart.scale.log',
  'screen.chart.tool.rectangle',
  'screen.chart.volume',
  'screen.balances.total',
  'screen.blotter.instrument',
  'screen.blotter.type',
  'screen.ledger.book.liquidation',
  'screen.ledger.book.position',
  'screen.panel.positions',
  'screen.positions.liquidation',
  'screen.positions.long',
  'screen.why.record',
]
