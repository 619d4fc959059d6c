/// \file
/// What most units of this program include, compiled once for all of them.

#include <berth/api/any_client.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>
