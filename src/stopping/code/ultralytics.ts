/** @file The rule as arguments of a training by Ultralytics: see ../rules/ultralytics.ts. */
import { growing, none, use, WORDS } from './notes.ts';
import { call, given, type OwnRule, type Writer } from './snippet.ts';

const own: OwnRule = {
  write: (policy, { monitor, mode }) => ({
    imports: 'from ultralytics import YOLO',
    parts: call('YOLO("yolo11n.pt").train', given(policy, 'patience')),
    notes: [
      use(
        `It watches its own fitness, most of which is mAP50-95 and which grows: let that be ${growing(mode, WORDS[monitor])}.`,
      ),
    ],
  }),
};

export const ultralytics: Writer = {
  label: 'Ultralytics YOLO',
  write: () => none('Ultralytics', 'it watches its own fitness, and begins to wait once that is not 0'),
  own: { ultralytics: own },
  several: null,
  epochs: (n) => `epochs=${n} of train`,
};
