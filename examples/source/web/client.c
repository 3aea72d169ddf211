#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8080);
    const char *paths[] = {"/", "/missing.html"};
    for (int number = 0; number < 2; number++) {
        int client = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(client, (struct sockaddr *)&address, sizeof address))
            return perror("connect"), 1;
        char request[128], data[4096];
        int length = snprintf(request, sizeof request,
                              "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                              paths[number]);
        send(client, request, length, 0);
        ssize_t count;
        while ((count = recv(client, data, sizeof data, 0)) > 0)
            printf("%.*s\n", (int)count, data);
        close(client);
    }
}
