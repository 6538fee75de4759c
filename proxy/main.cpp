#include "proxy/run.h"

int main(int count, char** arguments) {
    return smartca::run(count, arguments);
}
