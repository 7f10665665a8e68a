/** Of which panel a component is the content: several charts are one component, and each panel's settings are kept under its name. */
export interface PanelProps {
  readonly panelId: string
}
