#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8080);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128))
        return perror("bind, listen"), 1;
    for (int number = 0; number < 2; number++) {
        int client = accept(server, NULL, NULL);
        char request[4096] = "", answer[512];
        recv(client, request, sizeof request - 1, 0);
        int found = strncmp(request, "GET / ", 6) == 0;
        const char *status = found ? "200 OK" : "404 Not Found";
        const char *body = found ? "<h1>It works</h1>" : "<h1>404 Not Found</h1>";
        int length = snprintf(answer, sizeof answer,
                              "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                              status, strlen(body), body);
        send(client, answer, length, 0);
        close(client);
    }
    close(server);
}
