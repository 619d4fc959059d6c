/// \file
/// What most units of this program include, compiled once for all of them. A header that makes an empty unit
/// slower does not belong here: what it defines is compiled again in each (`CLI/CLI.hpp` took eight seconds).

#include "plane.hpp"

#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>
