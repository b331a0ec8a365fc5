/** @file The fields of a protocol buffers message by their numbers; what is damaged is said as of a file. */
import { fieldsOf, type Field } from '../../logs/formats/protobuf.ts';
import { FileError } from './file-error.ts';

/** A message taken apart; `where` names it in errors. Whole numbers are right from 0 to 2⁵³. */
export class ProtoMessage {
  readonly #fields: Field[];

  constructor(
    bytes: Uint8Array,
    private readonly where: string,
  ) {
    try {
      this.#fields = [...fieldsOf(bytes)];
    } catch (error) {
      throw new FileError(`${where}: is damaged or cut off (${(error as Error).message})`);
    }
  }

  /** All values of a field. */
  bytes(field: number): Uint8Array[] {
    return this.#fields.filter(({ number }) => number === field).map(({ bytes }) => bytes);
  }

  texts(field: number): string[] {
    return this.bytes(field).map((bytes) => new TextDecoder().decode(bytes));
  }

  ints(field: number): number[] {
    return this.#fields.filter(({ number }) => number === field).map(({ varint }) => varint);
  }

  /** The messages in a field. */
  messages(field: number): ProtoMessage[] {
    return this.bytes(field).map((bytes) => new ProtoMessage(bytes, `${this.where}, field ${field}`));
  }
}
