import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;

public class Eco {
    public static void main(String[] args) throws Exception {
        try (ServerSocket servidor = new ServerSocket(Integer.parseInt(args[0])); Socket conexao = servidor.accept()) {
            InputStream entrada = conexao.getInputStream();
            byte[] dados = new byte[1024];
            int lidos = entrada.read(dados);
            conexao.getOutputStream().write(dados, 0, lidos);
        }
    }
}
