/// \file
/// What most tests of `schedule` include, compiled once for all of them. A header that makes an empty unit
/// slower does not belong here: what its inline functions instantiate is instantiated in each unit anew.

#include <berth/schedule.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
