#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 12000);
    int client = socket(AF_INET, SOCK_DGRAM, 0);
    struct timeval patience = {.tv_usec = 200000};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (int number = 1; number <= 10; number++) {
        char text[64], data[1024];
        time_t now = time(NULL);
        int length = snprintf(text, sizeof text, "Ping %d %.24s", number, ctime(&now));
        sendto(client, text, length, 0, (struct sockaddr *)&address, sizeof address);
        ssize_t count = recv(client, data, sizeof data, 0);
        if (count < 0)
            puts("Request timed out");
        else
            printf("%.*s\n", (int)count, data);
    }
    close(client);
}
