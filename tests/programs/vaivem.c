/* A thousand exchanges of one byte: vaivem server|client PORT. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    struct sockaddr_in fim = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    fim.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int s = socket(AF_INET, SOCK_STREAM, 0), um = 1;
    char byte = 'x';
    if (strcmp(argv[1], "server") == 0) {
        setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &um, sizeof um);
        if (bind(s, (void *)&fim, sizeof fim) || listen(s, 1)) return 1;
        int conexao = accept(s, NULL, NULL);
        while (recv(conexao, &byte, 1, 0) == 1) send(conexao, &byte, 1, 0);
        close(conexao);
    } else {
        if (connect(s, (void *)&fim, sizeof fim)) return 1;
        for (int i = 0; i < 1000; i++) {
            if (send(s, &byte, 1, 0) != 1 || recv(s, &byte, 1, 0) != 1) return 1;
        }
    }
    close(s);
    return 0;
}
