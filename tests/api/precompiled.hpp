/// \file
/// What most tests of `api` include, compiled once for all of them. A header that makes an empty unit slower
/// does not belong here: what its inline functions instantiate is instantiated in each unit anew.

#include <berth/api/kind.hpp>
#include <berth/object/meta.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>
