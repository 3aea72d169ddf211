#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

static void *serve(void *argument) {
    int client = (int)(intptr_t)argument;
    char data[1024];
    ssize_t count;
    while ((count = recv(client, data, sizeof data, 0)) > 0) {
        for (ssize_t at = 0; at < count; at++)
            data[at] = (char)toupper(data[at]);
        send(client, data, count, 0);
    }
    close(client);
    return NULL;
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 65432);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128))
        return perror("bind, listen"), 1;
    pthread_t threads[5];
    for (int number = 0; number < 5; number++) {
        int client = accept(server, NULL, NULL);
        pthread_create(&threads[number], NULL, serve, (void *)(intptr_t)client);
    }
    for (int number = 0; number < 5; number++)
        pthread_join(threads[number], NULL);
    close(server);
}
