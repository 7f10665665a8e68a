import { instrumentValueNames, instrumentValues, policyGroups, policyPaths, policySchemaText, policyValues, standardPolicyText, type PolicyGroup } from '../../src-main/risk-policy/index.ts'

/** What a reader of the risk policy is given: the limits, the standard file, and the schema for editors. All of it is made from one table. */
export const riskPolicyReference = (): readonly (readonly [string, string])[] => [
  ['docs/reference/risk-policy.md', `${lines().join('\n')}\n`],
  ['resources/risk_policy.yaml', standardPolicyText()],
  ['resources/risk_policy.schema.json', policySchemaText()],
]

const lines = (): readonly string[] => [
  '# Risk policy',
  '',
  'Written by `npm run docs:write` from the table in `src-main/risk-policy/policy-values.ts`; not by hand. How the file is used is in',
  '[the guide](../guides/risk-policy.md); the standard file is `resources/risk_policy.yaml`, and the schema for editors `resources/risk_policy.schema.json`.',
  '',
  '`version: 1` has to be there. `currency` is what all amounts are in. Every other value that is left out is the standard one.',
  ...(Object.keys(policyGroups) as readonly PolicyGroup[]).flatMap(section),
  '',
  '## instruments',
  '',
  'By the name of an instrument; what is said there stands in place of the same limit for all.',
  '',
  '| Name | In place of |',
  '| --- | --- |',
  ...instrumentValueNames.map((name) => `| \`${name}\` | \`${instrumentValues[name]}\` |`),
  '',
  '## hours',
  '',
  '`windowsUtc` says when new risk may be taken: `always`, `never`, or a list of windows such as `mon-fri 07:00-21:00`, `sat 10:00-24:00` or `daily 22:00-02:00`. A window whose',
  'end lies before its beginning goes on into the next day. Hours that only shrink tighten; all others loosen.',
]

const section = (group: PolicyGroup): readonly string[] => [
  '', `## ${group}`, '', policyGroups[group], '', '| Limit | Standard | Expected | Looser | What it is for |', '| --- | --- | --- | --- | --- |',
  ...policyPaths.filter((path) => path.startsWith(`${group}.`)).map((path) => {
    const { standard, least, most, loosens, description } = policyValues[path]
    return `| \`${path.slice(group.length + 1)}\` | ${standard} | ${least} to ${most} | ${loosens} | ${description} |`
  }),
]
