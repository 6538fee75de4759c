#include "proxy/base/call.h"

namespace smartca::base {
namespace {

thread_local const Call* current = nullptr;

}  // namespace

const Call* currentCall() {
    return current;
}

CallScope::CallScope(const Call& call) : outer_(current) {
    current = &call;
}

CallScope::~CallScope() {
    current = outer_;
}

}  // namespace smartca::base
