/** @file The sections of the filled door, in their order. */
export const SECTIONS = [
  { id: 'curves', title: 'Curves' },
  { id: 'runs', title: 'Runs' },
  { id: 'landscape', title: 'Landscape' },
  { id: 'false-stops', title: 'False stops' },
  { id: 'find', title: 'Find a rule' },
  { id: 'why', title: 'Why' },
  { id: 'side', title: 'Side by side' },
] as const;
