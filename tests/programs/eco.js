const net = require('net');

const servidor = net.createServer((conexao) => {
  conexao.on('data', (dados) => conexao.end(dados));
  servidor.close();
});
servidor.listen(Number(process.argv[2]), '127.0.0.1');
