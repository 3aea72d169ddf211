/* Echoes until it is stopped; its lines are never flushed. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int port = atoi(argv[1]);
    int servidor = socket(AF_INET, SOCK_STREAM, 0), um = 1;
    struct sockaddr_in endereco = {.sin_family = AF_INET, .sin_port = htons(port)};
    char dados[1024];

    inet_pton(AF_INET, "127.0.0.1", &endereco.sin_addr);
    setsockopt(servidor, SOL_SOCKET, SO_REUSEADDR, &um, sizeof um);
    if (bind(servidor, (struct sockaddr *)&endereco, sizeof endereco) < 0) {
        perror("bind");
        return 1;
    }
    listen(servidor, 5);
    printf("esperando na porta %d\n", port);
    for (;;) {
        int conexao = accept(servidor, NULL, NULL);
        ssize_t lidos;
        printf("cliente aceito\n");
        while ((lidos = recv(conexao, dados, sizeof dados, 0)) > 0)
            send(conexao, dados, lidos, 0);
        close(conexao);
    }
}
