#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 9999);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128))
        return perror("bind, listen"), 1;
    for (int number = 0; number < 3; number++) {
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        int client = accept(server, (struct sockaddr *)&from, &length);
        printf("Connected by %s:%d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
        char data[5];
        ssize_t count;
        while ((count = recv(client, data, sizeof data, 0)) > 0)
            printf("%zd %.*s\n", count, (int)count, data);
        close(client);
    }
    close(server);
}
