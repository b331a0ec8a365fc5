/** @file Names of metrics, and whether less or more of one is better. */
import type { Direction } from '../../stopping/rule.ts';
import { nameWords } from './splits.ts';

const LESS = [
  'loss(?:es)?|error|errors?|err|rmse|mse|mae|mape|smape|wape|rmsle|msle|rmsd|m?error|nrmse|rse|rae',
  'logloss|mlogloss|log_?loss|nll|nll_loss|crossentropy|xent|ce|bce|perplexity|ppl|bpc|bpd|bpb|entropy_loss',
  'wer|cer|ter|mer|wil|eer|brier|ece|mce|l1|l2|l2_root|huber|deviance|poisson|hinge|hingeloss|kld?|kldiv|divergence',
  'fid|kid|lpips|cost|objective|energy|residual|crps|pinball|quantile|tweedie|fpr|fnr|far|frr|epe|chamfer',
  'rmse\\w*|multiclass|multiclassonevsall|queryrmse|queryloss|yetirank|rmsewithuncertainty|medianabsoluteerror|logcosh',
  'loss\\d?',
].join('|');
const MORE = [
  'acc|accuracy|accuracies|auc|auroc|rocauc|roc_auc|auprc|aucpr|pr_auc|prauc|ap|aps|apm|apl|ap[rcf]|ar|map|map50|aupr',
  'precision|recall|prec|rec|sensitivity|specificity|tpr|tnr|ppv|npv|f|f1|f2|fbeta|fscore|f1score|totalf1|fmeasure',
  'r2|r|bleu|sacrebleu|gleu|chrf|chrf\\+\\+|meteor|rouge\\w*|bertscore|cider|spice|ndcg|dcg|mrr|hits?|hr|pfound',
  'iou|miou|giou|dice|jaccard|kappa|mcc|matthews|score|scores|reward|rewards|return|returns|em|exact_match|exactmatch',
  'psnr|ssim|pearson\\w*|spearman\\w*|correlation|corr|pcc|srcc|plcc|kendall|uas|las|top1|top5|topk|fitness|success',
  'balancedaccuracy|concordance|cindex|elo|winrate|passrate|mos|pesq|stoi|sdr|si_?sdr|sisnr|elbo|likelihood|loglikelihood',
  'mrr\\w*|recall\\w*|precision\\w*|accuracy\\w*|f1\\w*|auc\\w*|pq|sq|rq|hota|mota|idf1|gini|explained_variance',
].join('|');

/** A head of a metric's name: what follows it may be a rank, a share or a class (`@5`, `50`, `(B)`). */
const TAIL = '(?:@\\d+|\\d+)?(?:\\([^()]*\\))?';
const HEADS: readonly [Direction, RegExp][] = [
  ['min', new RegExp(`^(?:${LESS})${TAIL}$`, 'i')],
  ['max', new RegExp(`^(?:${MORE})${TAIL}$`, 'i')],
];
/** Names of several words, as they are joined by underscores. */
const PHRASES: readonly [Direction, RegExp][] = [
  [
    'max',
    /(?:^|_)(?:ents|sents|cats|spans?|morph|lemma|dep)(?:_\w+)?_[prf]$|(?:explained|average|mean)_(?:variance|precision|reward|return)|exact_match|win_rate|pass_rate|success_rate|log_likelihood|hit_rate|r_squared|negative_\w+|neg_\w+|cosine_similarity|inception_score|true_(?:positive|negative)_rate/,
  ],
  [
    'min',
    /cross_?entropy|error_rate|(?:squared|absolute|percentage|logarithmic)_error|kl_div|log_loss|logloss|false_(?:positive|negative)_rate|hamming|word_error|character_error|false_alarm|perplexity|edit_distance/,
  ],
];

/** Words that qualify a metric rather than name a data set: `macro_f1`, `box_loss`, `top_5_accuracy`. */
const QUALIFIERS = new RegExp(
  `^(?:${[
    'macro|micro|weighted|mean|avg|average|total|overall|sum|running|smooth(?:ed)?|global|final|min|max|median|std|raw',
    'top\\d*|topk|acc|accuracy|f1|r2|at|k|balanced|binary|multi|categorical|sparse|per|class|cls|classification|regression|reg|sequence|token',
    'exact|match|word|char|character|sentence|root|squared|absolute|percentage|log|logarithmic|rate|roc|pr|area|under|curve',
    'box|bbox|obj|dfl|kobj|pose|seg|segm|semantic|mask|rpn|roi|objectness|loc|location|centerness|ctr|giou|l1|l2|smooth',
    'kl|kld|recon|reconstruction|elbo|vae|vq|commit(?:ment)?|codebook|ce|bce|mse|mae|nll|xent|ctc|rnnt|att|mlm|nsp|clm|lm',
    'cross|entropy|focal|dice|tversky|triplet|contrastive|infonce|clip|align(?:ment)?|aux|auxiliary|main|task|extra|orig',
    'gan|adv|adversarial|g|d|gen|generator|disc|discriminator|cycle|identity|perceptual|style|content|tv|feature|fm|mel',
    'policy|value|actor|critic|q|entropy|td|alpha|ent|rew|ep|episode|eval|len|approx|clip',
    'cosine|euclidean|dot|manhattan|pearson|spearman|matthews|cohen|mcc|iou|explained|variance|r|f|s|error|loss|hard|soft',
    'distill(?:ation)?|student|teacher|sup|unsup|supervised|unsupervised|penalty|regulari[sz]ation|grad|gp|physics|pde|bc|ic',
    'tok2vec|tagger|parser|ner|morphologizer|lemmatizer|textcat|senter|transformer|spancat|trainable|ents|tag|pos|dep|sents|cats|morph|lemma|spans',
    'new|best|unweighted|normalized|norm|scaled|adjusted|negative|neg|positive|pos|true|false|relative|abs|sq|sqrt|n|num',
    '\\d+',
  ].join('|')})$`,
  'i',
);

/** Numbers that are logged beside metrics and are none. */
const INCIDENTAL = new RegExp(
  `^(?:${[
    'lrs?\\d*|learning|rate|grad|gradient|momentum|beta\\d?|betas|wd|decay|runtime|second|seconds|sec|secs|ms|eta|time|times|duration|speed|throughput',
    'samples|steps|flops|flos|mem|memory|gpu|cpu|ram|vram|gpus|it/s|pid|seed|patience|lambda|temperature|warmup',
    'tokens|examples|instances|size|version|v_num|num|count|remaining|eta|hostname|hours|minutes|wps|ups|bsz|gnorm|clip|scale',
  ].join('|')})$`,
  'i',
);
const INCIDENTAL_NAMES =
  /^x\/|^lr[/._-]|^(?:best|peak|min|max|lowest|highest)[\s/._-]|(?:^|[/._ -])(?:lr|pg\d|num_\w+|grad_norm|learning[ _]rate|total_flos|loss[ _]scale)$|(?:^|[/.])(?:epochs?|steps?|iteration|global_step)$|_(?:per_second|runtime|time|seconds|time_s|iter_s|total_s)$|__(?:MIN|MAX)$|[-_. ](?:std|stdv|stderr|sem)$|_vs_iterations$|^(?:config|info|timers|sys|system|perf|hparams?|params?|param_groups)[/.]|^(?:should_checkpoint|iterations_since_restore|early_stop\w*)$/i;

/** Where the metric stands in a name: its words from–to (exclusive), its head included; null if the name has none. */
export function metricIn(name: string): { from: number; to: number; direction: Direction } | null {
  const words = nameWords(name);
  const found = phraseIn(name, words) ?? headIn(words);
  if (!found) return null;
  let { from, to } = found;
  while (from > 0 && isQualifier(words[from - 1]!.text)) from--;
  // A number qualifies with a word before it: `top_5_accuracy`, not the 1 of `dense_1_loss`.
  while (from < found.from && /^\d+$/.test(words[from]!.text)) from++;
  while (to < words.length && belongsAfter(words[found.to - 1]!.text, words[to]!.text)) to++;
  return { from, to, direction: found.direction };
}

type Words = ReturnType<typeof nameWords>;

function headIn(words: Words) {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i]!.text.toLowerCase();
    const head = HEADS.find(([, pattern]) => pattern.test(word));
    if (head) return { from: i, to: i + 1, direction: head[0] };
  }
  return null;
}

function phraseIn(name: string, words: Words) {
  const joined = name.toLowerCase().replace(/[\s/.:|,-]/g, '_');
  for (const [direction, pattern] of PHRASES) {
    const match = pattern.exec(joined);
    if (!match) continue;
    const end = match.index + match[0].length;
    const from = words.findIndex((word) => word.end > match.index);
    return { from, to: words.findLastIndex((word) => word.start < end) + 1, direction };
  }
  return null;
}

const RANKED = /^(?:m?ap\w*|rouge|bleu|ndcg|precision|recall|hits?|hr|mrr|f|top|acc|accuracy|iou|miou|dcg)(?:@?\d*)$/i;

/** `mAP50-95(B)`, `mAP_0.5:0.95`, `rouge-L`, `ndcg@5`, `loss_cls`: what follows a head and is still of the metric. */
function belongsAfter(head: string, word: string): boolean {
  if (/^(?:epoch|step)$/i.test(word)) return false;
  if (/^\d[\d.]*(?:\([^()]*\))?$/.test(word)) return RANKED.test(head);
  return (
    /^(?:l|lsum|at|k|top\d*|@\d+|\d+\([^()]*\)|f1|rate|score|f|p|r)$/i.test(word) ||
    (isQualifier(word) && !/^\d+$/.test(word))
  );
}

const isQualifier = (word: string): boolean => QUALIFIERS.test(word);

/** Whether less or more of a metric is better, by its name; null where the name does not say. */
export const metricDirection = (metric: string): Direction | null => metricIn(metric)?.direction ?? null;

/** Whether words say what kind of a metric it is, not which data it is of. */
export const qualifies = (words: readonly string[]): boolean => words.every(isQualifier);

/** Learning rates, run times, sizes: logged beside metrics and no metric. */
export function isIncidental(name: string): boolean {
  const trimmed = name.trim().replace(/^.+?\s[-–—|]\s+|^scores\./g, '');
  if (INCIDENTAL_NAMES.test(trimmed)) return true;
  if (metricIn(trimmed) !== null) return false;
  return nameWords(trimmed).some(({ text }) => INCIDENTAL.test(text));
}
