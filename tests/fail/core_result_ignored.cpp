// Who calls what may fail looks at what it answers, or says that it does not matter.
// expect: it may be an error; where that does not matter, say static_cast<void>
// at most: 16 lines

#include <berth/core/error.hpp>

auto attempt() -> berth::result<void>;

auto main() -> int {
#ifdef TWIN
    static_cast<void>(attempt());
#else
    attempt();
#endif
}
