//! Tables as Parquet files, one row group at a time. Numbers are written as differences of those
//! before them, texts once each; nothing is packed beyond that.

use std::io::{Error, Result, Write};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use crate::report::tables::{Batch, Column, Kind, Table, VERSION};

/// How many rows stand in a group at most: they wait in memory until they are written.
pub const GROUP: usize = 65_536;

/// Writes one table.
pub struct TableWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    kinds: Vec<Kind>,
}

impl<W: Write + Send> TableWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(table: &Table, out: W) -> Result<Self> {
        let fields = table.columns.iter().map(field);
        let fields = fields.collect::<std::result::Result<_, _>>();
        let schema = Type::group_type_builder(table.id)
            .with_fields(fields.map_err(cause)?)
            .build()
            .map_err(cause)?;
        let version = KeyValue::new("netlab.schema".to_owned(), VERSION.to_owned());
        let mut properties = WriterProperties::builder()
            .set_created_by(concat!("netlab ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(vec![version]))
            .set_statistics_enabled(EnabledStatistics::None)
            .set_dictionary_enabled(false);
        for column in &table.columns {
            let path = ColumnPath::from(column.id);
            properties = match column.kind {
                // The least and the largest number of a group let readers skip it.
                Kind::Int => properties
                    .set_column_statistics_enabled(path.clone(), EnabledStatistics::Chunk)
                    .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
                Kind::Text => properties.set_column_dictionary_enabled(path, true),
                Kind::Flag | Kind::Mark => properties,
            };
        }
        let properties = Arc::new(properties.build());
        let writer = SerializedFileWriter::new(out, Arc::new(schema), properties);
        Ok(Self {
            writer: writer.map_err(cause)?,
            kinds: table.columns.iter().map(|column| column.kind).collect(),
        })
    }

    /// Writes the rows that wait, and forgets them.
    ///
    /// # Errors
    /// What the system says.
    pub fn rows(&mut self, batch: &mut Batch) -> Result<()> {
        if batch.rows > 0 {
            self.group(batch).map_err(cause)?;
            batch.clear();
        }
        Ok(())
    }

    fn group(&mut self, batch: &mut Batch) -> std::result::Result<(), ParquetError> {
        batch.spread(&self.kinds);
        let mut group = self.writer.next_row_group()?;
        for (cells, kind) in batch.columns.iter_mut().zip(&self.kinds) {
            let Some(mut column) = group.next_column()? else {
                break;
            };
            let known = Some(&cells.known[..]);
            match kind {
                Kind::Int => column
                    .typed::<Int64Type>()
                    .write_batch(&cells.ints, known, None)?,
                Kind::Flag => column
                    .typed::<BoolType>()
                    .write_batch(&cells.flags, known, None)?,
                Kind::Mark => column
                    .typed::<BoolType>()
                    .write_batch(&cells.flags, None, None)?,
                Kind::Text => {
                    let all = ByteArray::from(std::mem::take(&mut cells.text));
                    let mut start = 0;
                    let texts = cells.ends.iter().map(|end| {
                        let text = all.slice(start, end - start);
                        start = *end;
                        text
                    });
                    let words = cells.words.iter();
                    let words = words.map(|word| Bytes::from_static(word.as_bytes()).into());
                    let texts: Vec<ByteArray> = words.chain(texts).collect();
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(&texts, known, None)?
                }
            };
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(cause)
    }
}

fn field(column: &Column) -> std::result::Result<TypePtr, ParquetError> {
    let physical = match column.kind {
        Kind::Int => Physical::INT64,
        Kind::Flag | Kind::Mark => Physical::BOOLEAN,
        Kind::Text => Physical::BYTE_ARRAY,
    };
    let always = column.kind == Kind::Mark;
    let field = Type::primitive_type_builder(column.id, physical)
        .with_repetition(match always {
            true => Repetition::REQUIRED,
            false => Repetition::OPTIONAL,
        })
        .with_logical_type((column.kind == Kind::Text).then_some(LogicalType::String));
    field.build().map(Arc::new)
}

/// What the system said, where it did.
fn cause(error: ParquetError) -> Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<Error>() {
            Ok(cause) => *cause,
            Err(cause) => Error::other(cause),
        },
        other => Error::other(other),
    }
}
