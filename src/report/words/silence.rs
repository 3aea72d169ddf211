//! The words of silence: nobody sent anything.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) both(lasted, from, to):
        "no data for {lasted}, from #{from} to #{to}: both sides waited",
        "nenhum dado por {lasted}, de #{from} a #{to}: os dois lados esperaram";
    pub(in crate::report) no_answer(of, lasted, from, to):
        "#{from} shows that the system {of} has the data; no answer of its program came in the {lasted} up to #{to}",
        "#{from} mostra que o sistema {of} tem os dados; nenhuma resposta do seu programa veio nos {lasted} até #{to}";
}
