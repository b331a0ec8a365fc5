/** @file Two logs of real trainings, made by conformance/example_logs.py, as texts that are read like any other. */
import cars from './examples/cars-xgboost.json?raw';
import tumours from './examples/tumours-keras.csv?raw';

export interface ExampleLog {
  title: string;
  line: string;
  text: string;
  /** What is watched of each run, for its figure. */
  curves: readonly (readonly number[])[];
}

export const EXAMPLES: readonly ExampleLog[] = [
  {
    title: 'Tumour classifier',
    line: '5 runs of 80 epochs by Keras, val_loss. 30 measurements, 120 rows, dropout 0.4.',
    text: tumours,
    curves: tumourCurves(),
  },
  {
    title: 'Fuel use of cars',
    line: '8 runs of 150 trees by XGBoost, rmse. 7 measurements, 100 rows; judged by a test set.',
    text: cars,
    curves: Object.values(JSON.parse(cars) as Record<string, { validation: { rmse: number[] } }>).map(
      ({ validation }) => validation.rmse,
    ),
  },
];

function tumourCurves(): number[][] {
  const curves: number[][] = [];
  for (const line of tumours.trim().split('\n').slice(1)) {
    const cells = line.split(',');
    (curves[Number(cells[0]) - 1] ??= []).push(Number(cells[5]));
  }
  return curves;
}
