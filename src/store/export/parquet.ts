/** Apache Parquet: each batch of a table is a row group, no value is ever null, and the certificate is in the metadata. */
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Certificate } from "../../ensemble/runSpec.ts";
import type { ColumnType, Table, Values } from "./table.ts";

const TYPES = { int32: "INT32", int64: "INT64", double: "DOUBLE", string: "STRING" } as const;

/**
 * The bytes of the file, in pieces; each is overwritten when the next is asked for. Only the footer
 * stays in memory until the end: about 1 kB for each column of a row group.
 */
export function* parquet({ columns, batches }: Table, certificate: Certificate): Iterable<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({
      columnData: columns.map(({ name, type }) => ({ name, type: TYPES[type], nullable: false, data: [] })),
    }),
    createdBy: `mesoflux version ${certificate.mesoflux}`,
    kvMetadata: [{ key: "mesoflux.certificate", value: JSON.stringify(certificate) }],
  });
  for (const batch of batches()) {
    const columnData = columns.map(({ name, type }, k) => ({ name, data: physical(type, batch[k]) }));
    void writer.write({ columnData, rowGroupSize: batch[0].length });
    yield taken(bytes);
  }
  void writer.finish();
  yield taken(bytes);
}

/** Empties the buffer; offsets in the file go on counting. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes();
  bytes.index = 0;
  return piece;
}

function physical(type: ColumnType, values: Values) {
  return type === "int64" ? BigInt64Array.from(values as Float64Array, BigInt) : values;
}
