#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 9999);
    for (int number = 0; number < 3; number++) {
        int client = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(client, (struct sockaddr *)&address, sizeof address))
            return perror("connect"), 1;
        struct sockaddr_in own;
        socklen_t length = sizeof own;
        getsockname(client, (struct sockaddr *)&own, &length);
        printf("my port: %d\n", ntohs(own.sin_port));
        const char *message = "28 bytes for a buffer of 5..";
        send(client, message, strlen(message), 0);
        close(client);
    }
}
