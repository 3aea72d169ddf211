/* Sends one message and reads the answer: cli PORT TEXT. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int conexao = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in endereco = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    char dados[1024];
    ssize_t lidos;

    inet_pton(AF_INET, "127.0.0.1", &endereco.sin_addr);
    if (connect(conexao, (struct sockaddr *)&endereco, sizeof endereco) < 0) {
        perror("connect");
        return 1;
    }
    write(conexao, argv[2], strlen(argv[2]));
    lidos = read(conexao, dados, sizeof dados - 1);
    printf("%.*s\n", (int)lidos, dados);
    close(conexao);
    return 0;
}
