// Says one line from a thread of its own and reads the answer: fala PORT.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

class Socket {
    int fd;

public:
    Socket() : fd(socket(AF_INET, SOCK_STREAM, 0)) {}
    ~Socket() { close(fd); }
    void liga(int porta) {
        sockaddr_in fim{};
        fim.sin_family = AF_INET;
        fim.sin_port = htons(porta);
        fim.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(fd, reinterpret_cast<sockaddr *>(&fim), sizeof fim) < 0)
            throw std::runtime_error("connect");
    }
    void envia(const std::string &texto) { send(fd, texto.data(), texto.size(), 0); }
    std::string recebe() {
        std::string texto(100, '\0');
        texto.resize(recv(fd, texto.data(), texto.size(), 0));
        return texto;
    }
};

int main(int, char **args) {
    auto cliente = std::make_unique<Socket>();
    std::thread fala([&] {
        cliente->liga(std::atoi(args[1]));
        cliente->envia("oi");
    });
    fala.join();
    return cliente->recebe() == "oi" ? 0 : 1;
}
