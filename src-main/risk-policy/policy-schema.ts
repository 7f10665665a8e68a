import { instrumentValueNames, instrumentValues, policyGroups, policyPaths, policyValues, type PolicyPath, type PolicyValue } from './policy-values.ts'
import { standardCurrency } from './risk-policy.ts'
import { windowPattern } from './trading-windows.ts'

/** The form of the file for editors: names are completed, and values explained. What only Ballast can see, it sees when it reads the file. */
export function policySchema(): Readonly<Record<string, unknown>> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Risk policy of Ballast',
    type: 'object',
    required: ['version'],
    additionalProperties: false,
    properties: {
      version: { const: 1, description: 'The form of this file.' },
      currency: { type: 'string', pattern: '^[A-Z][A-Z0-9]{1,9}$', default: standardCurrency, description: 'What all amounts are in: the currency in which the profile reports.' },
      ...Object.fromEntries(Object.entries(policyGroups).map(([group, description]) => [group, groupSchema(group, description)])),
      instruments: {
        type: ['object', 'null'],
        description: 'What is said for one instrument stands in place of the same limit for all.',
        additionalProperties: {
          type: ['object', 'null'],
          additionalProperties: false,
          properties: Object.fromEntries(instrumentValueNames.map((name) => [name, valueSchema(policyValues[instrumentValues[name]], false)])),
        },
      },
      hours: {
        type: ['object', 'null'],
        description: 'When new risk may be taken.',
        additionalProperties: false,
        properties: { windowsUtc: { anyOf: [{ enum: ['always', 'never'] }, { type: 'array', minItems: 1, items: { type: 'string', pattern: windowPattern } }], default: 'always' } },
      },
    },
  }
}

const groupSchema = (group: string, description: string): unknown => ({
  type: ['object', 'null'],
  description,
  additionalProperties: false,
  properties: Object.fromEntries(policyPaths.filter((path) => path.startsWith(`${group}.`)).map((path: PolicyPath) => [path.slice(group.length + 1), valueSchema(policyValues[path], true)])),
})

/** An editor sees numbers where Ballast sees digits: the bounds are for the eye, the digits are what counts. */
function valueSchema({ kind, description, standard, least, most, loosens }: PolicyValue, hasStandard: boolean): unknown {
  const told = `${description} From ${least} to ${most}; a ${loosens} value is looser.`
  if (kind === 'percent') return { type: 'string', pattern: String.raw`^(0|[1-9]\d*)(\.\d{1,7})? ?%$`, description: told, ...(hasStandard ? { default: standard } : {}) }
  return {
    type: kind === 'count' ? 'integer' : 'number',
    minimum: Number(least),
    maximum: Number(most),
    description: told,
    ...(hasStandard ? { default: Number(standard) } : {}),
  }
}

export const policySchemaText = (): string => `${JSON.stringify(policySchema(), undefined, 2)}\n`
