#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

static struct sockaddr_in server;

static void *call(void *argument) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client, (struct sockaddr *)&server, sizeof server))
        return perror("connect"), NULL;
    for (int turn = 0; turn < 2; turn++) {
        char text[64], data[1024];
        int length = snprintf(text, sizeof text, "message of client %d", (int)(intptr_t)argument);
        send(client, text, length, 0);
        ssize_t count = recv(client, data, sizeof data, 0);
        printf("%.*s\n", (int)count, data);
        usleep(100000);
    }
    close(client);
    return NULL;
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 65432);
    server = address;
    pthread_t threads[5];
    for (int number = 0; number < 5; number++)
        pthread_create(&threads[number], NULL, call, (void *)(intptr_t)(number + 1));
    for (int number = 0; number < 5; number++)
        pthread_join(threads[number], NULL);
}
