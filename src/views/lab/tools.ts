/** @file The tools of the stopping lab: where each is found, what it is called, and the question that it answers. */
export interface LabTool {
  /** Its place in the address, `#/workshop/false-stops`. */
  id: string;
  title: string;
  question: string;
}

export const LAB_TOOLS = [
  { id: 'false-stops', title: 'False stops', question: 'How often does waiting end too early?' },
  { id: 'compute', title: 'Error against compute', question: 'What does more training buy?' },
  { id: 'cost', title: 'Cost', question: 'What was all of it worth?' },
  { id: 'side-by-side', title: 'Side by side', question: 'How do other rules stop?' },
  { id: 'why', title: 'Why', question: 'What did a replica see when it stopped?' },
  { id: 'find-a-rule', title: 'Find a rule', question: 'Which rule suits these data?' },
  { id: 'scores', title: 'Scores', question: 'How good are the models kept?' },
] as const satisfies readonly LabTool[];

export type LabToolId = (typeof LAB_TOOLS)[number]['id'];

export const labToolOf = (id: string | undefined) => LAB_TOOLS.find((tool) => tool.id === id);
